/**
 * Defines the mutants: defective participants that replace honest ones in a world that asks for
 * them. The packages below have the defects of each participant.
 */
@NullMarked
package org.actsandbox.sandbox.mutant;

import org.jspecify.annotations.NullMarked;
