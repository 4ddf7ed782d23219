/** What a principal's sentence means: wishes, questions back, choices; values only. */
@NullMarked
package org.actsandbox.agent.language;

import org.jspecify.annotations.NullMarked;
