/** The words that make a wish something to be bought later: until when, below what, how often. */
@NullMarked
package org.actsandbox.agent.language.directive;

import org.jspecify.annotations.NullMarked;
