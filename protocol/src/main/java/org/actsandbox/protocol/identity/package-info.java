/** The identities of participants, their keys, signing and verification. */
@NullMarked
package org.actsandbox.protocol.identity;

import org.jspecify.annotations.NullMarked;
