/**
 * The commonest call of a call-round, key by key, from its first number: nobody there; the next way, here the radio group, the
 * charge nurse, all of it limited but CT, which cannot; read back, written. Seventeen keys however many ways there are; while
 * each had stops of its own 19 with these two, 20 with two numbers, 22 with two and the group (counted by hand). At 0.28 s a
 * key (an average typist; B: Card, Moran, Newell 1980) that is 4.8 s of keys where it was 5.3 to 6.2 (D), without what is
 * said and thought.
 */
export const commonestCall = {
  keys: "Tab Tab Enter Tab ArrowDown Tab e Tab Tab Tab n Tab Tab Tab Space Tab Enter".split(" "),
  words: [
    "emergency-department limited",
    "resuscitation limited",
    "ct cannot",
    "stroke-unit limited",
    "cath-lab limited",
  ],
};
