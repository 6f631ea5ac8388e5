// Reads a list of Adaptive Cards on standard input, writes for each what the renderer's own parser
// complains of, and the words that are read out, in order.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

// Its ES modules name files that Node does not find; the bundle is whole.
const AC = createRequire(import.meta.url)("adaptivecards/dist/adaptivecards.min.js");

const READ_OUT = ["text", "label", "title", "altText", "placeholder"];
const INSIDE = "body items columns inlines rows cells choices actions card".split(" ");

function lookAt(source) {
  const context = new AC.SerializationContext(new AC.Version(1, 5));
  const card = new AC.AdaptiveCard();
  card.parse(source, context);
  const parsing = Array.from({ length: context.eventCount }, (_, i) => context.getEventAt(i));
  const events = [...parsing, ...card.validateProperties().validationEvents];
  return { complaints: [...new Set(events.map(said))], words: words(source) };
}

function said(event) {
  return `${AC.ValidationEvent[event.event] ?? event.event}: ${event.message}`;
}

function words(element) {
  if (typeof element === "string") return [element];
  if (element.isVisible === false) return [];
  const own = READ_OUT.map((name) => element[name]);
  const filled = element.type === "Input.Text" ? [element.value] : [];
  const facts = (element.facts ?? []).flatMap((fact) => [fact.title, fact.value]);
  const inside = INSIDE.flatMap((name) => element[name] ?? []).flatMap(words);
  return [...own, ...filled, ...facts, ...inside].filter((word) => typeof word === "string");
}

const cards = JSON.parse(readFileSync(0, "utf-8"));
process.stdout.write(JSON.stringify(cards.map(lookAt)));
