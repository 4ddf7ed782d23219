/** This package has the notifications that services send to merchants and agents. */
@NullMarked
package org.actsandbox.protocol.notification;

import org.jspecify.annotations.NullMarked;
