package org.actsandbox.protocol.http;

import java.net.URI;

/**
 * The address under which the caller of a request reaches the server. Endpoints give it to
 * addresses that are for this caller alone; signed documents keep the fixed address.
 *
 * @param fixed the server's own address, without a slash at the end
 * @param used the address that the caller used; equal to {@code fixed} if it is not known
 */
public record CallerAddress(URI fixed, URI used) {

  /** Returns the address as the caller reaches it; an address of another server stays as it is. */
  public String of(String address) {
    return address.startsWith(fixed + "/")
        ? used + address.substring(fixed.toString().length())
        : address;
  }
}
