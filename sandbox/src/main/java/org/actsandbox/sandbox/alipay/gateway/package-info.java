/** Answers the methods of Alipay's gateway over the same payment service as everything else. */
@NullMarked
package org.actsandbox.sandbox.alipay.gateway;

import org.jspecify.annotations.NullMarked;
