/** Reads the words that make a wish a later purchase: until when, below which price, how often. */
@NullMarked
package org.actsandbox.agent.language.directive;

import org.jspecify.annotations.NullMarked;
