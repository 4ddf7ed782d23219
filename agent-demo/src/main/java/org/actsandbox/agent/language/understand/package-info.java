/** Turns sentences into interpretations: the meanings of a sentence become wishes or questions. */
@NullMarked
package org.actsandbox.agent.language.understand;

import org.jspecify.annotations.NullMarked;
