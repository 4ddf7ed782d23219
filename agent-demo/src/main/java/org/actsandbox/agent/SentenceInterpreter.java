package org.actsandbox.agent;

import org.actsandbox.agent.language.Interpretation;
import org.actsandbox.agent.language.Situation;

/**
 * Understands the principal's own sentences, whatever model talks: what may be bought is read from
 * here, never from a model's or a merchant's words. Deterministic, no network.
 */
@FunctionalInterface
public interface SentenceInterpreter {

  Interpretation interpret(String sentence, Situation situation);
}
