/**
 * Turns sentences into interpretations: the meanings of a sentence become wishes or questions.
 *
 * <p>It has over 20 types and stays whole because its readers share one order of precedence, which
 * {@link org.actsandbox.agent.language.understand.RuleBasedInterpreter} holds, and are
 * package-private: small talk and questions are tried first, then what is to be bought later, a
 * choice among the offers shown, and wishes.
 */
@NullMarked
package org.actsandbox.agent.language.understand;

import org.jspecify.annotations.NullMarked;
