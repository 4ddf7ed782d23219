/** Examines signatures of Alipay's gateway: requests, answers, notifications, bills. */
@NullMarked
package org.actsandbox.sandbox.doctor.alipay;

import org.jspecify.annotations.NullMarked;
