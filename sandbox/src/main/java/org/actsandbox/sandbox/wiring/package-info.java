/**
 * Adds every participant to every world: each factory opens one of them with the parts of the world
 * that it may use. The package stays whole with over 20 types because it has one factory for each
 * participant, and all but the configuration are package-private.
 */
@NullMarked
package org.actsandbox.sandbox.wiring;

import org.jspecify.annotations.NullMarked;
