/** Calls Alipay's gateway with the application of a seller, and reads its answers. */
@NullMarked
package org.actsandbox.alipay.client;

import org.jspecify.annotations.NullMarked;
