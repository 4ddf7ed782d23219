package org.actsandbox.sandbox.evidence;

import org.actsandbox.sandbox.world.World;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The evidence of an order as a zip file, to be verified anywhere (operator only). */
@RestController
class EvidenceEndpoint {

  private static final String ZIP = "application/zip";

  @GetMapping(path = "/api/worlds/{world}/orders/{orderNo}/bundle", produces = ZIP)
  ResponseEntity<byte[]> bundle(World world, @PathVariable String orderNo) {
    var bytes = new EvidenceBundles(world).of(orderNo);
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(ZIP))
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename("evidence.zip").build().toString())
        .body(bytes);
  }
}
