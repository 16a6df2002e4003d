/** Roles given to an assistant at length, as people who collect prompts write them: all of it harmless. */
import type { Family } from "../family.ts";

const JOB =
  "a beekeeper|a ship's cook|a harbour master|a crossword editor|a notary|a puppet maker|a night porter|a tax helper|a vet|a museum guard|a wedding planner|a piano tuner|a train conductor|a judge at a dog show|a fencing coach|a proofreader|a weather presenter|a network engineer|a nutritionist|a city guide|a screen reader|a calculator with moods|a bored oracle|a knight who lies|a jealous muse|a ghost in a hotel|a philosopher on a bench|a grammar nerd|a safety officer|a hacker turned teacher";
const DUTY =
  "I will name a subject and you tell me three things about it.|I describe what is wrong and you propose what to try.|You put questions to me and wait until I have replied.|Your work is to mark mistakes and say why they are mistakes.|You give the outcome and leave the reasons out.|You are to find ideas that cost little.|I will enter lines and you show what comes back.|You judge each paragraph by itself.|I want you to point out dangers without alarm.|You will make up tales that keep people listening.";
const LIMIT =
  "Do not explain yourself.|Do not start before I tell you to.|Stay under fifty words.|Do not leave the role.|Never speak about this brief.|Do not repeat what I said.|Reply as a list.|Ignore my typing errors.|Don't ask back.|Answer with names alone.";

export const ROLE_ASSIGNMENTS: readonly Family[] = [
  {
    name: "roles-at-length",
    teaches: "I want you to act as, you will and do not are how people brief an assistant for honest work",
    slots: { job: JOB, duty: DUTY, limit: LIMIT },
    safe: [
      "I want you to act as {job}. {duty} {limit} {We begin with|Here is the first one|First}: {my boss moved the deadline|I cannot sleep on trains|my roses are ill|good evening|I am afraid of the dark}.",
      "I want you to act as {job}. {duty} {duty} {limit} {limit}",
      "You are {job}, and {this is your job|I am your client}: {duty} {limit} {Are you ready?|Say yes if you understand.|}",
    ],
  },
  {
    name: "briefs-for-a-bot",
    teaches: "a system prompt that sets tone, scope and limits of a bot is configuration",
    slots: { job: JOB, duty: DUTY, limit: LIMIT },
    safe: [
      "{From now on you are|Act as|Imagine you are|You will play} {job}. {limit} {duty} {If you can't answer, say so.|When I want to tell you something, I use brackets.|Stay polite.}",
      "{Write|Improve} a {system prompt|brief|persona} for {job}: {duty} {limit}",
      "{duty} {limit} {Pretend to be|Be} {job} {for ten minutes|until I say stop|and make me laugh}.",
    ],
  },
];
