/** This package serves webhook endpoints and deliveries to operators and to their owners. */
@NullMarked
package org.actsandbox.sandbox.notification.api;

import org.jspecify.annotations.NullMarked;
