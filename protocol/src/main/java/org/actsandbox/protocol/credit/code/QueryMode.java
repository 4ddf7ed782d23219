package org.actsandbox.protocol.credit.code;

/** Lists the modes of a query authorization (ACT CRD-4). */
public enum QueryMode {
  PER_REQUEST,
  PLATFORM_DELEGATED
}
