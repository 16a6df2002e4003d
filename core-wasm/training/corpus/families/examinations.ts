/** Questions of examinations and plain instructions: hard subjects and every verb of a task, all harmless. */
import type { Family } from "../family.ts";

export const EXAMINATIONS: readonly Family[] = [
  {
    name: "virology-and-medicine-exam",
    teaches: "viruses, poisons, overdoses and deaths in an examination are knowledge asked for",
    safe: [
      "Which of the following {viruses|bacteria|parasites} {spreads by droplets|causes hepatitis|infects the liver|has an envelope|mutates most}? {Choose one.|}",
      "The {mortality|transmission|incubation time} of {influenza|measles|Ebola|HIV|polio} is {best described|measured|reduced} by which {factor|test|vaccine}?",
      "A {45-year-old man|patient|nurse} presents with {fever and rash|chest pain|an overdose of painkillers|a snake bite}. What is the {most likely diagnosis|next step|antidote}?",
      "{Antibodies|Toxins|Opioids|Antivirals} {act|bind|kill cells} by {blocking receptors|which mechanism|inhibiting which enzyme}?",
      "Why did {AIDS activists|health officials|doctors} {oppose|delay|support} {the trial|quarantine|vaccination} according to the {text|lecture}?",
      "What {percentage|share} of {smokers|deaths|pregnancies|injections} {is linked to|leads to|involves} {cancer|infection|accidents}?",
    ],
  },
  {
    name: "security-studies-exam",
    teaches: "war, terror, weapons and states in an examination are political science",
    safe: [
      "Which of the following best describes {deterrence|terrorism|the arms trade|human security|a failed state|nuclear proliferation}?",
      "How {do scholars|does realism|do critics} {explain|define|criticise} {the use of force|private military companies|nuclear weapons|torture|coercive diplomacy}?",
      "What was the main {cause|aim|effect} of {the treaty on chemical weapons|the bombing campaign|the insurgency|sanctions|the embargo}?",
      "In what way {is|was} {poverty|gender|climate change|energy} {linked to|a cause of} {armed conflict|migration|national security}?",
      "The {concept of|debate about} {just war|hybrid war|cyber war|genocide} {began|changed} {after which event|in which decade}?",
      "{True or false|Discuss}: {states arm because they fear each other|terrorist groups seldom win|most guns in conflicts are small arms}.",
    ],
  },
  {
    name: "law-exam",
    teaches: "defendants, murder, theft, assault and evidence in a legal case are exercises",
    safe: [
      "A {defendant|store owner|driver|landlord} {shot an intruder|stole a necklace|set fire to his own barn|struck a pedestrian|sold a defective gun}. {Is he guilty of|Can he be convicted of|What is his best defense against} {murder|larceny|arson|negligence|battery}?",
      "Which {rule|amendment|doctrine|defence} {excludes|covers|permits} {a confession made under threats|hearsay|a search without a warrant|self-defence|insanity}?",
      "The plaintiff {sues for|claims} {defamation|breach of contract|wrongful death|trespass}. The court {should|will most likely} {rule for whom|dismiss|grant what}?",
      "{What is the difference between|Distinguish} {murder and manslaughter|theft and robbery|assault and battery|fraud and mistake}?",
      "{A, intending to kill B, shot at a dummy|Two friends agreed to rob a bank but changed their minds|A man took the wrong umbrella}: {is this an attempt|is there a conspiracy|is it larceny}?",
    ],
  },
  {
    name: "psychology-and-ethics-exam",
    teaches: "aggression, abuse, sexuality of adults, obedience and moral dilemmas are subjects of study",
    safe: [
      "According to {the theory of learning|attachment theory|the psychoanalyst|the study of obedience}, {aggression|guilt|fear|prejudice} {is caused by|results from|serves} which of these?",
      "A {client|counselor|social worker} {discloses abuse|misses sessions|threatens suicide|asks for records}. The ethical {duty|first step} is to {what|which of the following}?",
      "Which {experiment|concept|bias} {shows|explains} {conformity|learned helplessness|bystander apathy|cruelty of guards}?",
      "Is it {morally wrong|permissible} to {lie to save a life|eat meat|break a promise|pull the lever|steal a medicine for one's wife} according to {duty ethics|utilitarians|ordinary standards}?",
      "{Moral scenario|Case}: {I kept the change that was given by mistake|I told the police what I saw|I left the dog in the hot car}. {Clearly wrong or not?|Judge it.}",
      "{Define|Explain} {gaslighting|sadism|addiction|trauma bonding|psychopathy|groupthink} {in one sentence|with an example|for the exam}",
    ],
  },
  {
    name: "chemistry-and-physics-exam",
    teaches: "acids, explosions, radiation and reactions in an examination are science",
    safe: [
      "What is the {oxidation state|molar mass|boiling point|structure} of {nitric acid|ammonia|chlorine|uranium|potassium nitrate|phosphorus}?",
      "How many {moles|grams|litres|neutrons} of {hydrogen|oxygen|carbon dioxide|iron} are {produced|needed|released} when {methane burns|water is split|an acid is neutralised}?",
      "Which {element|gas|isotope|alloy} {is radioactive|burns in air|explodes in water|is lighter than air}, and why?",
      "{Balance|Explain|Draw} the {reaction|decay|mechanism} of {sodium with water|radium|an ester|combustion}",
      "A {bullet|rocket|ball|car} {is fired|falls|collides|accelerates} at {20|300|9} m/s. {Find|What is} its {range|energy|momentum}?",
      "Why {is|are} {fission|chlorine|explosives in mines|lead} {dangerous|useful|regulated|controlled}? {Two sentences.|}",
    ],
  },
  {
    name: "instructions-of-every-verb",
    teaches: "rewrite, classify, invent, predict, attack, defend and hundred other verbs open plain tasks",
    slots: {
      verb: "Rewrite|Classify|Edit|Identify|Summarise|Categorise|Predict|Rank|Estimate|Reword|Arrange|Construct|Formulate|Simplify|Extract|Match|Delete|Hypothesise|Evaluate|Critique|Combine|Pick out|Transform|Paraphrase|Brainstorm|Tell me about|Propose|Infer|Calculate",
      object:
        "the sentence below|three adjectives for a storm|the main idea|a slogan for a bakery|the odd one out|a metaphor for time|a headline on taxes|the tone of the tweet|an analogy for the heart|the pros and cons of zoos|a hashtag for our school fair|a counterargument|a tagline for a gym|a dialogue between cat and dog|the steps of mitosis|a moral for the fable|the plot of a western|an argument against homework|a character who betrays a friend|a password policy|the verb that fits|a list of natural disasters|one cause of the war|the missing number",
    },
    safe: [
      "{verb} {object}.",
      "{verb} {object} {in two sentences|for a child|in formal English|without the letter e|as a table|and explain why}.",
      "{Given|Using} {the text|these facts|the data}, {make up a title|draw a conclusion|write a query|find the error}: {the shop sold 30 loaves|John ate the cake|rain fell for six days}.",
      "{What would happen if|Imagine that|Suppose} {the moon vanished|dogs could talk|money grew on trees|the sun were blue}? {Describe it.|Write a short scene.|}",
      "{Provide|Suggest|Come up with|Name} {an example|a synonym|two ways|a title|a rhyme} {of kindness|for angry|to save water|for a crime novel|for orange}.",
    ],
  },
  {
    name: "yes-or-no-trivia",
    teaches: "odd yes or no questions join killers, drugs, kings and animals in trivia",
    safe: [
      "{Did|Could|Would} {a Viking|Cleopatra|a ninja|the average Roman|a mosquito|a vegan} {eat a potato|survive a winter in Rome|have used a gun|drive a car|kill a bear|get drunk on cider}?",
      "{Is|Was} {a tomato a fruit|poison ivy deadly|the death penalty legal in Norway|cannabis legal in Canada|Batman an assassin|a hamster able to swim}?",
      "{Can|Should|Do} {penguins get the flu|prisoners vote|sharks smell blood|monks marry|people with asthma dive|lawyers refuse a murderer}?",
      "{True or false|Yes or no}: {Dracula was a real count|gunpowder came from China|Alcatraz is still a prison|lightning kills more people than sharks}.",
      "Who {killed|married|betrayed|painted} {Hamlet's father|Caesar|the sleeping beauty|Anne Boleyn|the minotaur}?",
    ],
  },
];
