/** Holds the values of the meaning of a principal's sentence: wishes, questions back, choices. */
@NullMarked
package org.actsandbox.agent.language;

import org.jspecify.annotations.NullMarked;
