/** A target sandbox over HTTP: the only way this module reaches one. */
@NullMarked
package org.actsandbox.scenarios.client;

import org.jspecify.annotations.NullMarked;
