/** Configures the sandbox server: its settings, and the defaults below them. */
@NullMarked
package org.actsandbox.sandbox;

import org.jspecify.annotations.NullMarked;
