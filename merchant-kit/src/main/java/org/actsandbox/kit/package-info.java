/**
 * The merchant kit: what a merchant needs to sell a resource over HTTP 402 (A402), and to sign and
 * verify the messages of ACT.
 *
 * <p>{@link org.actsandbox.kit.A402Gate} does all of it for one paid resource. The other types are
 * its parts, for a merchant that answers requests itself. Every public type of this package and of
 * {@code delivery}, {@code http}, {@code servlet} and {@code spring} is kept by semantic
 * versioning. It stays whole with over 20 types because it is the kit's public face, which a
 * merchant imports from one place.
 */
@NullMarked
package org.actsandbox.kit;

import org.jspecify.annotations.NullMarked;
