/**
 * Runs isolated simulations, the worlds, with their settings and participants.
 *
 * <p>The package has over 20 types, in four groups:
 *
 * <ul>
 *   <li>what other packages see: {@link World}, {@link Worlds}, {@link ParticipantFactory}, {@link
 *       ServerAddresses};
 *   <li>the settings of a world: {@link WorldSettings}, {@link PrincipalSettings} and the enums
 *       that they use;
 *   <li>the worlds in memory: {@link LoadedWorlds}, {@link WorldCache}, {@link WorldLease}, {@link
 *       WorldAdmission}, {@link SimulatedWorld}, {@link Participants}, and the services that worlds
 *       share;
 *   <li>the worlds in the database: {@link WorldTable}, {@link WorldRow}, {@link WorldRowFactory}.
 * </ul>
 *
 * <p>It stays whole because the last two groups are package-private and every change of a world
 * needs both.
 */
@NullMarked
package org.actsandbox.sandbox.world;

import org.jspecify.annotations.NullMarked;
