/** Contains merchants that do one thing wrong. */
@NullMarked
package org.actsandbox.sandbox.mutant.merchant;

import org.jspecify.annotations.NullMarked;
