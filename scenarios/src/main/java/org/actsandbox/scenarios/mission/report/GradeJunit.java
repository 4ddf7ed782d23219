package org.actsandbox.scenarios.mission.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.actsandbox.scenarios.mission.run.GradeReport;
import org.actsandbox.scenarios.mission.run.MissionResult;
import org.actsandbox.scenarios.mission.run.MissionVerdict;
import org.actsandbox.scenarios.report.XmlText;

/** Writes a grade as JUnit XML, which build servers read. */
public final class GradeJunit {

  private GradeJunit() {}

  public static void write(Path file, GradeReport report) {
    try (var out = Files.newBufferedWriter(file)) {
      var xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("testsuite");
      xml.writeAttribute("name", XmlText.clean("grade " + report.agent()));
      xml.writeAttribute("tests", String.valueOf(report.results().size()));
      xml.writeAttribute(
          "failures",
          String.valueOf(
              report.count(MissionVerdict.FAILED) + report.count(MissionVerdict.UNFINISHED)));
      xml.writeAttribute("errors", String.valueOf(report.count(MissionVerdict.INFRASTRUCTURE)));
      xml.writeAttribute("skipped", String.valueOf(report.count(MissionVerdict.NOT_PLAYED)));
      xml.writeAttribute("time", String.valueOf(report.took().toMillis() / 1000.0));
      for (var result : report.results()) {
        testcase(xml, result);
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (IOException unwritable) {
      throw new UncheckedIOException("cannot write " + file, unwritable);
    } catch (XMLStreamException malformed) {
      throw new IllegalStateException("the report is no XML", malformed);
    }
  }

  private static void testcase(XMLStreamWriter xml, MissionResult result)
      throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", "missions." + result.mission().theme());
    xml.writeAttribute(
        "name", result.mission().name() + (result.attempt() == 1 ? "" : " #" + result.attempt()));
    xml.writeAttribute("time", String.valueOf(result.took().toMillis() / 1000.0));
    var element =
        switch (result.verdict()) {
          case PASSED -> "";
          case FAILED, UNFINISHED -> "failure";
          case INFRASTRUCTURE -> "error";
          case NOT_PLAYED -> "skipped";
        };
    if (!element.isEmpty()) {
      xml.writeStartElement(element);
      xml.writeAttribute(
          "message", XmlText.clean(result.reasons().stream().findFirst().orElse("")));
      xml.writeCharacters(XmlText.clean(String.join("\n", result.reasons())));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }
}
