/** Signs and verifies requests and answers of the REST form, v3 (AIP-101 to AIP-105). */
@NullMarked
package org.actsandbox.alipay.rest;

import org.jspecify.annotations.NullMarked;
