/** Calls a target sandbox over HTTP, which is the only way in which this module reaches one. */
@NullMarked
package org.actsandbox.scenarios.client;

import org.jspecify.annotations.NullMarked;
