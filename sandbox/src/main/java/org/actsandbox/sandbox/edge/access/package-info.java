/**
 * Decides who may call: it reads the key of a request and requires those of the server and of
 * worlds.
 */
@NullMarked
package org.actsandbox.sandbox.edge.access;

import org.jspecify.annotations.NullMarked;
