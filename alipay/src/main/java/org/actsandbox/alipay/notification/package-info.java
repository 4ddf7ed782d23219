/** Signs and verifies asynchronous notifications and return addresses (AIP-189 to AIP-195). */
@NullMarked
package org.actsandbox.alipay.notification;

import org.jspecify.annotations.NullMarked;
