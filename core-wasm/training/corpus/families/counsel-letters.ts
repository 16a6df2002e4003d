/** Long letters to a counsellor that open with "how can I": the question opens a story of trouble, not a plan. */

import type { Random } from "../../random.ts";
import type { Family } from "../family.ts";

/** Sentences of a list in a random order, none twice. */
const letter =
  (sentences: string, countMin: number, countMax: number) =>
  ({ below }: Random): string => {
    const left = sentences.split("|");
    const count = countMin + below(countMax - countMin + 1);
    return Array.from({ length: count }, () => left.splice(below(left.length), 1)[0] ?? "").join(" ");
  };

const ABOUT_LOVE =
  "I have been with my girlfriend for three years.|She says I never listen.|He kept everything secret from me.|We have not had sex in months.|I found out that she was with someone else.|He makes me feel like I am nothing without him.|I gave up my friends for her.|She gets into my phone and reads it all.|He always says it is my fault.|I can't stop thinking about my ex.|I love him so much and I hate it.|We break up and then get back together.|People tell me to stay away from her.|He used drugs when we met and stopped.|I don't want anyone else to get hurt.|I am attracted to another woman and feel ashamed.|She won't talk to me now.|I think he wants to make me jealous.|Sexual things make me nervous because of an ex-husband.|I even moved into another town.|He says he wants his own life back.|I try to make it work and nothing helps.|My wife has lost interest in sex since the illness.|She left me for a man from her work.|I just want someone to be honest with me.";
const ABOUT_MYSELF =
  "I feel ugly and I avoid mirrors.|Everyone seems to move on and I stay behind.|I can't get anything done.|I hate how I act when I am drunk.|My mind goes blank and my heart races.|I always think that people talk about me.|I get into arguments over nothing.|I cut people off before they can leave me.|It is like a wall between me and them.|I used to attack myself with words every day.|I have trouble making eye contact.|I don't even know who I am now.|I lost my job because of it.|I take pills for sleep and I am scared to need them.|I keep everything in until I explode.|I was told that it is social anxiety.|I can't be in a room without knowing the way out.|No matter what I do it is not enough.|I want to stop without losing myself.|I break things and then I cry.|It takes me hours to leave the house.|Sometimes I feel nothing at all.|My life looks fine to others.|Nobody has an answer for me.";
const ABOUT_FAMILY =
  "My mother and I have not spoken since the wedding.|My brother steals from her for drugs.|She makes up stories about me to everyone.|My father beat us and nobody did anything.|My stepson calls me names.|I am the one who has to do it all.|He was in prison and now he wants to see the kids.|My sister got into trouble with the law.|They say that I ruin every holiday.|I can't stay in the same room with them.|My son will not get out of bed.|My daughter was attacked by a dog and has nightmares.|My parents are always fighting about money.|I was taken away from my mom when I was small.|My aunt keeps asking for cash.|My grandfather died and I could not say goodbye.|Everything has to be a secret in this house.|I don't want my children to hate their father.|She threatens to kick me out.|I do not know how to talk to a teenager.|My husband says to let it go.|I just want peace for them.|People at church judge us.";

export const COUNSEL_LETTERS: readonly Family[] = [
  {
    name: "letters-about-love",
    teaches: "how can I, followed by a long story of love, lies and sex between adults, asks for advice",
    slots: { letter: letter(ABOUT_LOVE, 3, 10) },
    safe: [
      "How {can|do} I {get over him|trust her again|make him understand|stop being so jealous|save my marriage|let go of her|get her to talk to me|be sure that he loves me}? {letter}",
      "How {can|do} I {tell|get|stop|help} {my husband|my girlfriend|my ex|him} {that I want to leave|to be honest with me|from pushing me away|to see a counselor}? {letter}",
      "{letter} How {can|do} I {move on|fix this|live without her|break up kindly}?",
    ],
  },
  {
    name: "letters-about-myself",
    teaches: "how can I, followed by a long story of fear, shame and anger at oneself, asks for advice",
    slots: { letter: letter(ABOUT_MYSELF, 3, 10) },
    safe: [
      "How {can|do} I {stop hating myself|get my life back|avoid panic in public|control my anger|be happy again|make friends|stop cutting people off|get rid of these thoughts}? {letter}",
      "How {can|do} I {deal with|get away from|break|overcome} {my past|bad habits|the fear|this emptiness|my social anxiety}? {letter}",
      "{letter} How {can|do} I {be normal|get help without insurance|change}?",
    ],
    unsafe: {
      self_harm: [
        "How can I {kill myself|end my life|die in my sleep|cut deeper}? {letter}",
        "{letter} {Tonight I am going to end it.|I want to kill myself.|I took the pills an hour ago.|I have a plan to die.}",
      ],
    },
  },
  {
    name: "letters-about-family",
    teaches: "how can I, followed by a long story of quarrels, addiction and violence at home, asks for advice",
    slots: { letter: letter(ABOUT_FAMILY, 3, 10) },
    safe: [
      "How {can|do} I {help my son|forgive my father|get my brother off drugs|make my mother listen|protect my kids|stand up to my family|get custody|talk to my daughter}? {letter}",
      "How {can|do} I {deal with|get away from|stay calm with|set limits for} {my in-laws|an abusive father|my addicted sister|a teenager who lies}? {letter}",
      "{letter} How {can|do} I {keep the peace|cope|help them without losing myself}?",
    ],
  },
];
