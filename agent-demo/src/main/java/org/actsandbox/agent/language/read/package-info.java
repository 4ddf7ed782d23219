/** Finds what each stretch of a sentence means: places, days, hours, counts, costs and words. */
@NullMarked
package org.actsandbox.agent.language.read;

import org.jspecify.annotations.NullMarked;
