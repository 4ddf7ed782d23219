package org.actsandbox.agent;

import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.Understanding;

/**
 * Understands the principal's own sentences, whatever model talks: what may be bought is read from
 * here, never from a model's or a merchant's words. Deterministic, no network.
 */
@FunctionalInterface
public interface Interpreter {

  Understanding understand(String sentence, Situation situation);
}
