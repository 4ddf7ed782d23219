/**
 * Holds the names that agent and merchants must understand alike: places and characters (ADR 100).
 */
@NullMarked
package org.actsandbox.protocol.vocabulary;

import org.jspecify.annotations.NullMarked;
