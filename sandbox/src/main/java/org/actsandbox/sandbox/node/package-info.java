/**
 * Makes this process one of several equal nodes on one PostgreSQL database (ADR 57): who is alive
 * ({@link org.actsandbox.sandbox.node.NodeLife}), and who owns which world ({@link
 * org.actsandbox.sandbox.node.NodeLeases}).
 */
@NullMarked
package org.actsandbox.sandbox.node;

import org.jspecify.annotations.NullMarked;
