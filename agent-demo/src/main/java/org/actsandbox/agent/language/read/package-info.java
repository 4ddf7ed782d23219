/**
 * Finds what each stretch of a sentence means: places, days, hours, counts, costs and words. The
 * package stays whole with over 20 types because all readers are package-private behind {@link
 * AnnotatedSentence}, which gives them the sentence one after another.
 */
@NullMarked
package org.actsandbox.agent.language.read;

import org.jspecify.annotations.NullMarked;
