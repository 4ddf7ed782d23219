/** Finds what each stretch of a sentence says: places, days, hours, counts, costs and words. */
@NullMarked
package org.actsandbox.agent.language.read;

import org.jspecify.annotations.NullMarked;
