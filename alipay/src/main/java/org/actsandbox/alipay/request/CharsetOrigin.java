package org.actsandbox.alipay.request;

/** Says where the gateway found the charset of a request (AIP-64, AIP-247). */
public enum CharsetOrigin {
  QUERY,
  /** In the body: values of the query may already have been read wrongly by other servers. */
  BODY,
  CONTENT_TYPE,
  /** Nothing named a charset: UTF-8. */
  DEFAULT
}
