/**
 * This package breaks evidence on purpose: the values that readers see instead of the stored ones
 * are kept in a table of their own, listed and healed. The stored evidence itself stays unchanged.
 */
@NullMarked
package org.actsandbox.sandbox.tamper;

import org.jspecify.annotations.NullMarked;
