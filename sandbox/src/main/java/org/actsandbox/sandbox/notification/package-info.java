/**
 * This package delivers signed notifications to merchants and agents until they acknowledge them.
 */
@NullMarked
package org.actsandbox.sandbox.notification;

import org.jspecify.annotations.NullMarked;
