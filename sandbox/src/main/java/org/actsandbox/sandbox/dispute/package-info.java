/**
 * The dispute service of a world: takes claims, asks the parties for evidence, decides, and orders
 * refunds (ACT TSD-6).
 */
@NullMarked
package org.actsandbox.sandbox.dispute;

import org.jspecify.annotations.NullMarked;
