/**
 * This package builds the evidence bundle of an order: everything that proves a purchase, in one
 * file.
 */
@NullMarked
package org.actsandbox.sandbox.evidence;

import org.jspecify.annotations.NullMarked;
