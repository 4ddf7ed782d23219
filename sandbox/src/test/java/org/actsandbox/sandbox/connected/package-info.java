@NullMarked
package org.actsandbox.sandbox.connected;

import org.jspecify.annotations.NullMarked;
