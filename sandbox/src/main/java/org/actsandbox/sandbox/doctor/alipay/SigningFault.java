package org.actsandbox.sandbox.doctor.alipay;

import org.actsandbox.sandbox.doctor.diagnosis.SignatureCause;

/**
 * Is an input that a client may have signed in place of the right one.
 *
 * @param detail what is special about it; empty for nothing
 */
record SigningFault(SignatureCause cause, String detail, SigningInput input) {}
