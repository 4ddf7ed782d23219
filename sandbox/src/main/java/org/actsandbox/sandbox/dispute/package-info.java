/**
 * This package is the dispute service of a world: it takes claims, asks the parties for evidence,
 * decides, and orders refunds (ACT TSD-6).
 */
@NullMarked
package org.actsandbox.sandbox.dispute;

import org.jspecify.annotations.NullMarked;
