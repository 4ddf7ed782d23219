/** Plays scenarios step by step for an audience, or runs them at machine speed. */
@NullMarked
package org.actsandbox.web.console.play;

import org.jspecify.annotations.NullMarked;
