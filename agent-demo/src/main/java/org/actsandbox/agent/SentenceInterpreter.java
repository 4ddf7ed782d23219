package org.actsandbox.agent;

import org.actsandbox.agent.language.Interpretation;
import org.actsandbox.agent.language.Situation;

/**
 * Understands the principal's own sentences for every model: what may be bought is read here, and
 * never from a model's or a merchant's words. It is deterministic and uses no network.
 */
@FunctionalInterface
public interface SentenceInterpreter {

  Interpretation interpret(String sentence, Situation situation);
}
