/** Serves the A2A endpoint of the agent card, which says where and how to shop by ACT. */
@NullMarked
package org.actsandbox.merchants.a2a;

import org.jspecify.annotations.NullMarked;
