/**
 * Evidence broken on purpose: what readers see instead of what is stored, kept in a table of its
 * own, listed and healed. What is stored stays as it is.
 */
@NullMarked
package org.actsandbox.sandbox.tamper;

import org.jspecify.annotations.NullMarked;
